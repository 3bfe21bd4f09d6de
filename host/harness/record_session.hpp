#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "host/harness/recording.hpp"
#include "protocol/transport/spawner.hpp"

namespace harness {

/// Stands between a client, on two descriptors, and a server that it starts.
struct RecordingRun {
  transport::Spawner& spawner;
  transport::Command command{};
  int in{0};   ///< From the client. Stays the caller's to close, as does the next.
  int out{1};  ///< To the client.
  /// Told after each answered call of all that were answered, in the order in which they were made.
  /// Returns what went wrong, a sentence, or nothing; the session goes on either way.
  std::function<std::string(const Heard&)> on_call{};
};

struct RecordingEnd {
  std::size_t calls{};    ///< Answered.
  int status{};           ///< The server's exit status, 128 + signal if it was killed.
  std::string problem{};  ///< The first that on_call returned.
};

/// Passes every byte on unchanged, both ways, until the server has exited; once the client closes
/// its side the server is told, and gets kExitWait to leave. The server's standard error goes to
/// ours. Throws std::runtime_error if the server cannot be started.
RecordingEnd record_session(const RecordingRun& run);

}  // namespace harness
