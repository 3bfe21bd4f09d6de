#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/harness/server_under_test.hpp"

namespace harness {

/// What a server's answers are made of, so that later calls can name things that exist: an argument
/// `task_id` gets an id that a list showed.
class Harvest {
 public:
  static constexpr std::size_t kPerNameMax = 6;

  /// Takes in a successful answer to a call with these arguments.
  void take(const nlohmann::json& arguments, const Answer& answer);

  /// Values that may fit an argument of that name, the likeliest first.
  std::vector<nlohmann::json> values_for(std::string_view argument) const;

 private:
  void walk(std::string_view name, const nlohmann::json& value, int depth);
  void read_text(const std::string& text, const std::string& folder);
  void keep(const std::string& name, const nlohmann::json& value);

  std::map<std::string, std::vector<nlohmann::json>> by_name_;
};

/// Letters and digits in lower case, without a plural's end: "taskIds" and "task_id" are one.
std::string plain_name(std::string_view name);

}  // namespace harness
