"""Pages of the office: imports, copied chats, transfers."""
