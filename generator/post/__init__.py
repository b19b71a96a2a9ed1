"""E-mails as files that open in a mail program, ready for a person to read, change and send."""

from generator.post.mail import Attachment, UnsentMail, write_mail

__all__ = ["Attachment", "UnsentMail", "write_mail"]
