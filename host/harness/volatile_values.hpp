#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "host/harness/test_file.hpp"

namespace harness {

/// Makes the same what differs from run to run, so that two answers can be compared: the test's
/// folder becomes ${folder}, known values their names, times <time>, UUIDs <uuid>, durations
/// <duration>, then what the file's own rules say.
class VolatileValues final {
 public:
  /// `now`: seconds since 1970; whole numbers within a day of it (or of its milliseconds) are
  /// times.
  VolatileValues(const std::vector<Normalisation>& rules, std::int64_t now);
  ~VolatileValues();
  VolatileValues(const VolatileValues&) = delete;
  VolatileValues& operator=(const VolatileValues&) = delete;

  /// From now on `value`, wherever it stands as a whole word, becomes `${name}`. Values of less
  /// than kValueMin bytes are left out: they stand everywhere.
  void know(const std::string& name, const std::string& value);
  static constexpr std::size_t kValueMin = 6;

  std::string same(std::string text) const;
  /// All texts in it, and the numbers that are times.
  nlohmann::json same_json(const nlohmann::json& value) const;

 private:
  struct Rules;
  const std::unique_ptr<Rules> rules_;
  std::vector<std::pair<std::string, std::string>> known_;  ///< Value, and what stands for it.
};

}  // namespace harness
