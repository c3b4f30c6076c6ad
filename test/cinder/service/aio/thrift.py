"""What spares a service a good part of its work, and changes nothing of what it answers."""
import gc
import types

from oslo_db.sqlalchemy import engines
from sqlalchemy import pool


class KeptConnections(pool.QueuePool):
    def __init__(self, creator, **options):
        super().__init__(creator, **{**options, 'pool_size': 20, 'max_overflow': -1})


def keep_connections():
    """Has connections to SQLite used again: oslo.db opens one for each transaction, which reads the whole schema."""
    engines.pool = types.SimpleNamespace(**{**vars(pool), 'NullPool': KeptConnections})


def collect_seldom():
    """Has what is there once a service runs never looked through for garbage again, and the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
