"""What tests of several packages build on: made-up people, cases, servers, browsers."""
