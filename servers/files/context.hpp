#pragma once

#include "servers/common/roots.hpp"
#include "servers/common/run.hpp"
#include "servers/files/changes.hpp"
#include "servers/files/listing.hpp"
#include "servers/files/paths.hpp"

namespace files {

/// What the handlers of one worker use.
struct Context {
  explicit Context(const common::Surroundings& around)
      : roots(around.roots), times(around.times), changes(around, paths) {}

  const common::Roots& roots;
  const common::Times& times;
  Paths paths{roots};
  Changes changes;
  Listing listing{};  ///< Of one folder, used anew by each call.
};

}  // namespace files
