"""Mails on their way: written from facts, sent, tried again."""
