"""Stating expense categories: a change writes the head, too, so that everybody hears of it. None is ever deleted."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.expenses import Categories, Category, check_category
from chalicelib.models.expenses import CategoriesItem, CategoryItem
from chalicelib.models.store import save
from chalicelib.services.call import Answer, Call
from chalicelib.services.expenses.reading import forget, whole
from chalicelib.services.permissions import COMPANY

MANAGE = "expense:manage"


def all_of(call: Call) -> Categories:
    """All categories as they are now."""
    call.permit(MANAGE, COMPANY)
    return whole(call.store, call.now)


def one(call: Call, key: str) -> Category:
    """A category as it is now; raises NotFound."""
    return _one(all_of(call), key)


def create(call: Call, stated: Category) -> Answer:
    """A new category; raises Invalid, also for a key that is there already."""
    among = all_of(call)
    if among.get(stated.key):
        raise Invalid(FieldError("key", "key_taken"))
    return _commit(call, among, replace(stated, version=1))


def change(call: Call, key: str, stated: Category) -> Answer:
    """State a category anew, or put it out of use; its key stays. Raises Invalid, NotFound, Stale."""
    among = all_of(call)
    before = _one(among, key)
    if call.expected_version not in (None, before.version):
        raise Stale
    return _commit(call, among, replace(stated, key=key, version=before.version + 1))


def _one(among: Categories, key: str) -> Category:
    found = among.get(key)
    if found is None:
        raise NotFound
    return found


def _commit(call: Call, among: Categories, category: Category) -> Answer:
    check_category(category, among)
    answer = {"id": category.key, "version": category.version, "location": "/expense-categories"}
    head = CategoriesItem.of_version(among.version + 1)
    done = call.commit(answer, save(head), save(CategoryItem.from_category(category)))
    forget()
    return done
