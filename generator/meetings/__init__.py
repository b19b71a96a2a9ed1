"""What happens around a meeting: the pack before it, e-mails and calendar after it, the next one."""
