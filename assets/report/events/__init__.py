"""The pages that tell events in order of time: a story's, and what a speaker said."""
