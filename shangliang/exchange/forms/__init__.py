"""Forms of imports, copied chats and transfers."""
