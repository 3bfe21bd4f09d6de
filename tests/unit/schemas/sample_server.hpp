#pragma once

#include <vector>

#include "schemas/sample/list_things_types.hpp"

namespace sample {

/// What the sample tools answer with; a test fills it and reads back what they were given.
struct Context {
  ListThingsResult answer{};
  ListThingsArgs seen{};
};

}  // namespace sample
