#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/harness/cases.hpp"
#include "host/harness/harvest.hpp"
#include "host/harness/prober.hpp"
#include "host/harness/tool.hpp"
#include "host/harness/values.hpp"

namespace harness {

/// One tool, tried with everything.
class ToolTrial {
 public:
  ToolTrial(const Tool& tried, Prober& prober, Harvest& harvest)
      : tool(tried), prober_(prober), harvest_(harvest) {}

  const Tool& tool;

  /// Looks for arguments that the tool takes, with what is known by now. Returns whether it has
  /// some.
  bool find_base();
  /// Arguments that it took; null while there are none.
  const nlohmann::json& base() const { return base_; }

  /// Arguments that the tool probably takes, the base among them; those come first that were not
  /// tried yet, because some effects show only once.
  std::vector<nlohmann::json> likely_arguments() const;

  /// The calls around the base: edges, limits, and everything that must be refused.
  void run_cases(Random& random, std::size_t most);

  /// Says that nothing was tried, and why.
  void skip(const std::string& why);

 private:
  void judge(const Case& one, const Answer& answer);
  void judge_refusal(const Case& one, const Answer& answer, std::string_view check);
  void judge_bound(const Case& one, const Answer& answer);
  void note_text(const nlohmann::json& arguments, const Answer& answer);
  void finish_text();

  Prober& prober_;
  Harvest& harvest_;
  nlohmann::json base_;      // Null until one was taken.
  nlohmann::json starting_;  // What the cases are built around: the base, or what is most like one.
  std::string first_refusal_;  // What the tool said to the first plain call, if it refused it.
  std::size_t plain_tries_{};
  std::size_t successes_{};
  std::size_t with_text_{};
  std::string empty_line_;  // A success without text.
};

}  // namespace harness
