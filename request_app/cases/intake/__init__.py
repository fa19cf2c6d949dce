"""How a request comes in: by the form or by hand, once, suspected spam set aside."""
