"""What holds for every chip card: commands and answers, the answer to reset, tag-length-value."""
