"""One contract, two stores: what holds for the store in memory holds for DynamoDB."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chalicelib.domain.errors import Conflict, Contention, Malformed, NotFound
from chalicelib.models.directory import AttemptsItem, DirectoryTable, LoginItem, RequestItem
from chalicelib.models.store import (
    Add,
    AtLeast,
    Check,
    Delete,
    DynamoStore,
    Query,
    Store,
    Update,
    create,
    encode_cursor,
    replace,
)
from tests.fakes import MemoryStore

NOW = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    request.getfixturevalue("aws")
    return DynamoStore()


def login(text: str, person: str = "P1", **keys: str) -> LoginItem:
    _, pk, sk = LoginItem.at(text)
    return LoginItem(pk, sk, person_id=person, **keys)


def listed(number: int) -> LoginItem:
    return login(f"name{number}", index1_pk="list", index1_sk=f"{number:02}")


def names(items: list[object]) -> list[str]:
    return [item.pk.removeprefix("login#") for item in items]  # type: ignore[attr-defined]


def test_items_come_back_in_the_order_asked_for_with_none_for_the_missing(store: Store) -> None:
    store.write(create(login("ann")), create(login("bob", "P2")))
    found = store.get(LoginItem.at("bob"), LoginItem.at("nobody"), LoginItem.at("ann"))
    assert [item and item.person_id for item in found] == ["P2", None, "P1"]
    assert isinstance(found[0], LoginItem)


def test_the_same_key_may_be_asked_for_twice(store: Store) -> None:
    store.write(create(login("ann")))
    assert names(store.get(LoginItem.at("ann"), LoginItem.at("ann"))) == ["ann", "ann"]


def test_times_and_nested_values_survive_to_the_microsecond(store: Store) -> None:
    _, pk, sk = RequestItem.at("P1", "k")
    store.write(create(RequestItem(pk, sk, fingerprint="f", answer={"id": "1", "rows": [1, 2]}, at_time=NOW)))
    (item,) = store.get(RequestItem.at("P1", "k"))
    assert item.at_time == NOW
    assert item.answer == {"id": "1", "rows": [1, 2]}


def test_creating_twice_is_refused_with_the_given_error(store: Store) -> None:
    store.write(create(login("ann")))
    with pytest.raises(Conflict, match="login_taken"):
        store.write(create(login("ann"), Conflict("login_taken")))


def test_replacing_needs_the_version_before(store: Store) -> None:
    store.write(create(login("ann")))
    (item,) = store.get(LoginItem.at("ann"))
    item.person_id, item.version = "P2", 2
    store.write(replace(item))
    with pytest.raises(Contention):
        store.write(replace(item))


def test_one_refused_operation_undoes_all_others(store: Store) -> None:
    store.write(create(login("ann")))
    with pytest.raises(NotFound):
        store.write(create(login("bob")), Check(LoginItem.at("eve"), {"version": 1}, NotFound()))
    assert store.get(LoginItem.at("bob")) == [None]


def test_a_check_may_ask_that_an_attribute_is_absent(store: Store) -> None:
    store.write(create(login("ann")))
    store.write(Check(LoginItem.at("ann"), {"index1_pk": None, "person_id": "P1"}))
    with pytest.raises(Contention):
        store.write(Check(LoginItem.at("ann"), {"person_id": None}))


def test_a_check_of_a_missing_item_fails(store: Store) -> None:
    with pytest.raises(Contention):
        store.write(Check(LoginItem.at("ann"), {"person_id": "P1"}), create(login("bob")))


def test_deleting_needs_what_was_expected(store: Store) -> None:
    store.write(create(login("ann")))
    with pytest.raises(Contention):
        store.write(Delete(LoginItem.at("ann"), {"person_id": "P9"}))
    store.write(Delete(LoginItem.at("ann"), {"person_id": "P1"}))
    assert store.get(LoginItem.at("ann")) == [None]


def test_adding_creates_at_zero_and_counts_up_and_down(store: Store) -> None:
    for amount in (3, 4, -2):
        store.write(Add(AttemptsItem.at("ann"), {"failures": amount}))
    (item,) = store.get(AttemptsItem.at("ann"))
    assert item.failures == 5
    assert isinstance(item, AttemptsItem)


def test_the_error_of_the_right_operation_is_raised_among_many(store: Store) -> None:
    store.write(create(login("ann")), create(login("eve")))
    with pytest.raises(Conflict, match="taken"):
        store.write(
            Add(AttemptsItem.at("x"), {"failures": 1}),
            create(login("ann"), Conflict("taken")),
            create(login("bob"), Conflict("other")),
            Check(LoginItem.at("eve"), {"person_id": "P1"}, NotFound()),
        )


def test_pages_follow_each_other_and_end(store: Store) -> None:
    store.write(*(create(listed(number)) for number in range(5)))
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = store.query(Query(DirectoryTable, "list", index=1, limit=2, cursor=cursor))
        seen += names(list(page.items))
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == ["name0", "name1", "name2", "name3", "name4"]


def test_the_newest_come_first_when_asked(store: Store) -> None:
    store.write(*(create(listed(number)) for number in range(4)))
    first = store.query(Query(DirectoryTable, "list", index=1, limit=3, newest_first=True))
    rest = store.query(Query(DirectoryTable, "list", index=1, limit=3, newest_first=True, cursor=first.cursor))
    assert names([*first.items, *rest.items]) == ["name3", "name2", "name1", "name0"]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"prefix": "0"}, ["name1", "name3"]),
        ({"start": "03"}, ["name3", "name10", "name12"]),
        ({"end": "03"}, ["name1", "name3"]),
        ({"start": "02", "end": "10"}, ["name3", "name10"]),
    ],
)
def test_a_query_is_narrowed_by_its_sort_key(store: Store, bounds: dict[str, str], expected: list[str]) -> None:
    store.write(*(create(listed(number)) for number in (12, 1, 10, 3)))
    assert names(list(store.query(Query(DirectoryTable, "list", index=1, **bounds)).items)) == expected  # type: ignore[arg-type]


def test_a_partition_of_the_table_itself_can_be_read(store: Store) -> None:
    store.write(create(login("ann")))
    assert names(list(store.query(Query(DirectoryTable, "login#ann")).items)) == ["ann"]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!!",
        "bm90IGpzb24",
        "W10",
        encode_cursor({"pk": "a"}),
        encode_cursor({"index1_pk": "other", "index1_sk": "1", "pk": "login#a", "sk": "login"}),
        encode_cursor({"index1_pk": "list"}),
        encode_cursor({"index1_pk": "list", "index1_sk": "1", "pk": "", "sk": "login"}),
        encode_cursor({"index1_pk": "list", "index1_sk": "1", "pk": "a", "sk": "login", "more": "x"}),
    ],
)
def test_a_cursor_that_was_not_given_out_here_is_malformed(store: Store, cursor: str) -> None:
    with pytest.raises(Malformed, match="bad_cursor"):
        store.query(Query(DirectoryTable, "list", index=1, cursor=cursor))


def test_a_transaction_has_room_for_a_hundred_operations(store: Store) -> None:
    store.write(*(create(listed(number)) for number in range(100)))
    with pytest.raises(ValueError, match="fit into one transaction"):
        store.write(*(create(login(f"more{number}")) for number in range(101)))


def test_a_hundred_items_can_be_read_at_once(store: Store) -> None:
    store.write(*(create(listed(number)) for number in range(100)))
    assert None not in store.get(*(LoginItem.at(f"name{number}") for number in range(100)))


def test_an_update_sets_and_removes_single_attributes_of_an_item_new_or_not(store: Store) -> None:
    key = LoginItem.at("ann")
    store.write(Update(key, {"person_id": "P1", "index1_pk": "list", "index1_sk": "1"}, {"person_id": None}))
    store.write(Update(key, {"person_id": "P2", "index1_pk": None, "index1_sk": None}, {"person_id": "P1"}))
    (item,) = store.get(key)
    assert (type(item), item.person_id, item.index1_pk) == (LoginItem, "P2", None)


def test_an_update_needs_what_was_expected_and_may_tell_of_the_item_as_it_is(store: Store) -> None:
    store.write(create(login("ann")))
    refusal = Update(
        LoginItem.at("ann"),
        {"person_id": "P3"},
        {"person_id": "P2"},
        lambda item: Conflict("taken", state=item.person_id),
    )
    with pytest.raises(Conflict) as refused:
        store.write(refusal)
    assert refused.value.state == "P1"


def failures(store: Store) -> int | None:
    (item,) = store.get(AttemptsItem.at("ann"))
    return item.failures if item else None


def test_an_update_adds_while_a_number_stays_within_its_bound(store: Store) -> None:
    key = AttemptsItem.at("ann")
    store.write(Update(key, {}, {"failures": None}, amounts={"failures": 10}))
    take = Update(key, {"changed_by": "P1"}, {"failures": AtLeast(4)}, Conflict("empty"), {"failures": -4})
    store.write(take)
    store.write(take)
    with pytest.raises(Conflict, match="empty"):
        store.write(take)
    assert failures(store) == 2


def test_a_bound_is_not_met_by_what_is_not_there(store: Store) -> None:
    with pytest.raises(Contention):
        store.write(Update(AttemptsItem.at("ann"), {}, {"failures": AtLeast(0)}, amounts={"failures": 1}))
    assert failures(store) is None


def test_a_bound_is_compared_as_a_number(store: Store) -> None:
    store.write(Add(AttemptsItem.at("ann"), {"failures": 9}))
    with pytest.raises(Contention):
        store.write(Check(AttemptsItem.at("ann"), {"failures": AtLeast(10)}))
    store.write(Add(AttemptsItem.at("ann"), {"failures": -12}))
    store.write(Check(AttemptsItem.at("ann"), {"failures": AtLeast(-3)}))
