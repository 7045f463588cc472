"""The contract suite: stories, the route table, and what is counted of them."""
