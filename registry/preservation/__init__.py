"""Keeping the registry: backups, and what is restored from them."""

from .backups import Kept, back_up, restore_backup
from .dumping import BackupRefused

__all__ = ["BackupRefused", "Kept", "back_up", "restore_backup"]
