"""① Sorting (归类): a committee's kinds of trouble, which unit answers for each where, and what past decisions suggest."""
