"""Trust: where a number was printed, what a stranger reads there, how old it is, what changed, what adds up."""
