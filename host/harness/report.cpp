#include "host/harness/report.hpp"

#include <algorithm>

namespace harness {

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "pass";
    case Verdict::Finding:
      return "finding";
    case Verdict::NotRun:
      break;
  }
  return "not run";
}

std::size_t count(const Report& report, Verdict verdict) {
  return static_cast<std::size_t>(
      std::ranges::count(report.results, verdict, &CheckResult::verdict));
}

int exit_status(const Report& report) {
  if (!report.problem.empty()) return 2;
  return count(report, Verdict::Finding) > 0 ? 1 : 0;
}

}  // namespace harness
