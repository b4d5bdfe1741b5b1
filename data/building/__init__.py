"""Building: what a build has read and written, from the manifest to the folder that people open and the browser."""
