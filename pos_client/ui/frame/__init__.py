"""The frame that is always there: strip, three columns, message line, key bar."""
