"""DynamoDB tables: keys, indexes, item shapes and conditions. PynamoDB's errors end here."""
