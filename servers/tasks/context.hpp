#pragma once

#include "servers/common/journal.hpp"
#include "servers/common/run.hpp"
#include "servers/common/times.hpp"
#include "servers/tasks/store.hpp"

namespace tasks {

/// What the handlers of one worker use.
struct Context {
  explicit Context(const common::Surroundings& around)
      : times(around.times), store(around.folder / "tasks.db", around.times) {}

  const common::Times& times;
  Store store;
  common::Journal journal{store.database()};
};

}  // namespace tasks
