#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/harness/seen.hpp"
#include "host/harness/test_file.hpp"

namespace harness {

/// A call that was made while somebody listened, and what it came to.
struct RecordedCall {
  std::string tool{};
  nlohmann::json arguments = nlohmann::json::object();
  Seen seen{};
};

/// What was heard between a client and its server.
struct Heard {
  std::string client{};  ///< How the client calls itself; empty until it says so.
  std::vector<RecordedCall> calls{};
};

struct Session {
  std::filesystem::path folder{};  ///< The temporary folder of the session; becomes ${folder}.
  std::int64_t now{};              ///< Seconds since 1970.
  Heard heard{};                   ///< The client's name becomes ${client}.
};

/// The calls as steps with expectations. Where a later call uses a value of an earlier answer (an
/// id, or what looks like one, that the client did not say first), the earlier step captures it and
/// the later one uses the variable. What changes from run to run (times, UUIDs, the folder) is
/// expected by its form.
std::vector<Step> steps_of(const Session& session);

}  // namespace harness
