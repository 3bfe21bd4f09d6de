#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/harness/recording.hpp"
#include "host/harness/seen.hpp"
#include "host/harness/test_file.hpp"
#include "host/harness/volatile_values.hpp"

namespace harness {

/// Makes expectations of answers, as far as they will hold the next time.
class RecordedValues final {
 public:
  explicit RecordedValues(const Session& session);

  /// From now on the captured value is expected as its variable.
  void know(const Capture& capture, const Seen& seen);

  /// `captures`: those of the answer itself; what they take is expected by its type alone.
  Expectation expectation(const Seen& seen, const std::vector<Capture>& captures) const;

  static constexpr std::size_t kMembersMax = 60;      ///< Members of one answer.
  static constexpr std::size_t kTextMax = 16 * 1024;  ///< Bytes of one text.

 private:
  void gather(const nlohmann::json& value, const std::string& pointer,
              const std::vector<Capture>& captures, std::vector<MemberExpectation>& members) const;
  Matcher leaf(const nlohmann::json& value) const;
  Matcher text(const std::string& text) const;

  VolatileValues same_;
  std::map<std::string, std::string> variables_;  ///< Value as JSON, and its variable.
};

}  // namespace harness
