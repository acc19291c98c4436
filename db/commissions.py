"""The shelf of what language models handed in, and of the hosts that may be asked. No key to any door lies here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from composer.commissions import Answer, Commission
from db import engine, rows
from db.tables import commissions, model_hosts


@dataclass(frozen=True, slots=True)
class SqlCommissions:
    """Answers in the store's file. They cost money, so what was kept outlives a power cut."""

    database: engine.Database

    def find(self, key: str) -> Answer | None:
        """Return the answer that is kept under a commission's key."""
        one = select(commissions).where(commissions.c.key == key)
        with engine.reading(self.database) as connection:
            row = connection.execute(one).mappings().first()
        return rows.answer_value(row) if row else None

    def keep(self, commission: Commission, answer: Answer) -> None:
        """Keep an answer; one that was kept for the same commission gives way to it."""
        row = rows.commission_row(commission, answer)
        put = insert(commissions).values(row).on_conflict_do_update(index_elements=["key"], set_=row)
        with engine.writing_durably(self.database) as connection:
            connection.execute(put)

    def allows(self, host: str) -> bool:
        """Say whether the editor has agreed that article text goes to this host."""
        with engine.reading(self.database) as connection:
            return connection.scalar(select(model_hosts.c.host).where(model_hosts.c.host == host)) is not None

    def allow(self, host: str, now: datetime) -> None:
        """Remember that the editor has agreed; agreeing again changes nothing."""
        put = insert(model_hosts).values(host=host, allowed_at=now).on_conflict_do_nothing()
        with engine.writing_durably(self.database) as connection:
            connection.execute(put)
