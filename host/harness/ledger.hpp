#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/harness/report.hpp"

namespace harness {

/// What the checks that need no file came to: each check of each tool passes, or has findings, or
/// was not run.
class Ledger {
 public:
  static constexpr std::size_t kFindingsMax =
      5;  ///< Of one check of one tool; the rest is counted.

  struct Place {
    std::string_view check{};
    std::string tool{};      ///< Empty for the server.
    std::string argument{};  ///< JSON Pointer.
  };

  /// The check was tried; it passes unless a finding comes. `note` is told with a pass.
  void tried(const Place& place, const std::string& note = {});
  void finding(const Place& place, std::string problem, std::string line = {});
  /// Why it could not be tried. Counts only as long as it is never tried.
  void not_run(const Place& place, std::string why);

  bool has_finding(const Place& place) const;
  std::vector<CheckResult> take();

 private:
  struct Entry {
    bool tried{};
    std::string note{};
    std::string not_run{};
    std::vector<CheckResult> findings{};
    std::size_t untold{};
  };
  using Key = std::pair<std::string, std::string>;
  Entry& entry(const Place& place);

  std::map<Key, Entry> entries_;  // By tool and check.
  std::vector<Key> order_;
};

}  // namespace harness
