"""The panel: a small window that stands for the hands at the reader and the staff of the bureau."""
