#pragma once

#include "servers/common/roots.hpp"
#include "servers/common/run.hpp"
#include "servers/files/paths.hpp"

namespace files {

/// What the handlers of one worker use.
struct Context {
  explicit Context(const common::Surroundings& around) : roots(around.roots) {}

  const common::Roots& roots;
  Paths paths{roots};
};

}  // namespace files
