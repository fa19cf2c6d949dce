"""What a case asks for is settled by staff."""

from request_app.store.values import Right


def test_what_is_asked_for_is_settled(take, progress):
    assert take("rights", rights=["access"]).status == 303
    assert progress().rights == {Right.ACCESS}
    assert take("rights").status == 422
