#pragma once
#include <sys/prctl.h>

// prctl takes a variable number of arguments, which Swift cannot pass.

/// The kernel writes no memory image of this process, and no other process of the same user may read its memory.
static inline int shim_prctl_undumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
