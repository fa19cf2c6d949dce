"""A command that cannot go on says why."""


def test_without_init_commands_say_what_is_missing(fresh):
    done = fresh.test_cli_runner().invoke(args=["audit", "head"])

    assert done.exit_code == 2
    assert "The database cannot be used" in done.output
