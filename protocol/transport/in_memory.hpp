#pragma once

#include <memory>
#include <utility>

#include "protocol/transport/transport.hpp"

namespace transport {

/// Two ends of one connection inside a process, for tests. What one end writes the other reads,
/// with the limits of a real transport; writing never waits. Destroying an end closes it.
std::pair<std::unique_ptr<Transport>, std::unique_ptr<Transport>> in_memory_pair();

}  // namespace transport
