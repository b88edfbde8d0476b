"""② Hot topics (热点) by the week, and the season page (未诉先办): proposed by the machine, decided by the office."""
