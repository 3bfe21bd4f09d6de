#pragma once

#include "servers/common/journal.hpp"
#include "servers/common/run.hpp"
#include "servers/common/times.hpp"
#include "servers/memory/store.hpp"

namespace memory {

/// What the handlers of one worker use.
struct Context {
  explicit Context(const common::Surroundings& around)
      : times(around.times), store(around.folder / "memory.db", around.times) {}

  const common::Times& times;
  Store store;
  common::Journal journal{store.database()};
};

}  // namespace memory
