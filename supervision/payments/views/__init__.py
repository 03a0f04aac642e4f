"""The pages of settling: the desk's, the institution's and the public one."""
