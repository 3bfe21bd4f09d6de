#pragma once

#include "servers/calendar/conflicts.hpp"
#include "servers/calendar/slots.hpp"
#include "servers/calendar/store.hpp"
#include "servers/common/journal.hpp"
#include "servers/common/run.hpp"

namespace calendar {

/// What the handlers of one worker use.
struct Context {
  explicit Context(const common::Surroundings& around)
      : times(around.times),
        roots(around.roots),
        self(read_self(around.settings)),
        habits(read_habits(around.settings)),
        store(around.folder / "calendar.db", around.times) {}

  Shown shown() const { return {.times = times, .self = self}; }

  const common::Times& times;
  const common::Roots& roots;
  Self self;
  Habits habits;
  Store store;
  common::Journal journal{store.database()};
};

}  // namespace calendar
