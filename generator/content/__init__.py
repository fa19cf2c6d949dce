"""What an organisation says of its processing: model, reader, law."""
