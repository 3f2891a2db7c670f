"""Files that hold files: archives, compressed files, web archives, mailboxes."""
