"""A page on the machine itself where rating designs are swapped and edited. The extra `serve`."""
