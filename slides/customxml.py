"""Custom XML: takes a document of ours, puts it into the package (ECMA-376 part 1, 15.2.5 and 15.2.6), finds it again.

LibreOffice keeps such a part only if it has properties, and forgets who refers to it: it is looked for by its name.
"""

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from slides.oxml import element, to_bytes

_IDS = uuid.UUID("6f6d2c56-6c0f-5d0c-9a53-3f0a8f2f7b11")
_ITEM = re.compile(r"customXml/item\d{1,4}\.xml")


def attach(main: Any, number: int, namespace: str, content: bytes) -> None:
    """Put `content`, whose root is of `namespace`, in as the item of this number of the presentation part `main`."""
    item = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, main.package, content)
    guid = f"{{{str(uuid.uuid5(_IDS, namespace)).upper()}}}"
    schema = element("ds:schemaRefs", None, element("ds:schemaRef", {"ds:uri": namespace}))
    described = to_bytes(element("ds:datastoreItem", {"ds:itemID": guid}, schema))
    name = PackURI(f"/customXml/itemProps{number}.xml")
    properties = Part(name, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, main.package, described)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    main.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def items(pptx: bytes) -> Iterator[bytes]:
    """Every item of a package."""
    with zipfile.ZipFile(io.BytesIO(pptx)) as archive:
        yield from (archive.read(entry) for entry in archive.namelist() if _ITEM.fullmatch(entry))
