"""The social-security card (社会保障卡): its files and fields, its keys and its PIN, and what is mistaken for it."""
