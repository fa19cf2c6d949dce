"""Whether everything is as it must be: each finding a sentence, none with a person."""
