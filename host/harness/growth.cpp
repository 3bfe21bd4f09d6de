#include "host/harness/growth.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "host/harness/catalogue.hpp"

namespace harness {
namespace {

using Clock = std::chrono::steady_clock;

/// A round of calls, each of which leaves so much behind, so many times in a row: then it leaks. A
/// collector lets garbage pile up for a while, so it has to go on for longer than that takes.
struct Suspicion {
  std::size_t bytes_per_call{};
  std::size_t calls{};
  int rounds{};
};

constexpr std::size_t kKibibyte = 1024;
constexpr std::size_t kWarmUp = 10;
constexpr Suspicion kLarge{.bytes_per_call = 400 * kKibibyte, .calls = 40, .rounds = 6};
constexpr Suspicion kSmall{.bytes_per_call = 24 * kKibibyte, .calls = 150, .rounds = 8};
constexpr auto kPatience = std::chrono::seconds(20);  // For the rounds of one suspicion.

class Watch {
 public:
  Watch(const ToolTrial& trial, Prober& prober) : trial_(trial), prober_(prober) {}

  /// False if the server broke down.
  bool call(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      const Answer answer = prober_.quiet_call(trial_.tool, trial_.base());
      if (answer.kind != Answer::Kind::Result) return false;
    }
    return true;
  }

  /// Bytes that a call leaves behind on average; 0 unless every single round shows the suspicion.
  std::size_t leaked(const Suspicion& suspicion) {
    const Clock::time_point end = Clock::now() + kPatience;
    std::size_t sum = 0;
    MemoryUse before = prober_.server().memory();
    for (int round = 0; round < suspicion.rounds; ++round) {
      if (!call(suspicion.calls) || Clock::now() > end) return 0;
      const MemoryUse after = prober_.server().memory();
      const std::size_t grown = std::max(grown_by(before.anonymous, after.anonymous),
                                         grown_by(before.writable, after.writable));
      if (grown < suspicion.bytes_per_call * suspicion.calls) return 0;
      sum += grown;
      before = after;
    }
    return sum / (suspicion.calls * static_cast<std::size_t>(suspicion.rounds));
  }

 private:
  static std::size_t grown_by(std::size_t before, std::size_t after) {
    return after > before ? after - before : 0;
  }

  const ToolTrial& trial_;
  Prober& prober_;
};

}  // namespace

void check_growth(const ToolTrial& trial, Prober& prober) {
  const Ledger::Place place{.check = checks::kMemory, .tool = trial.tool.name};
  if (trial.base().is_null()) return prober.ledger().not_run(place, "No call succeeded.");
  if (prober.is_slow(trial.tool))
    return prober.ledger().not_run(place, "It is too slow to be called many times over.");
  Watch watch(trial, prober);
  if (prober.given_up(trial.tool) || !watch.call(kWarmUp))
    return prober.ledger().not_run(place, "The server broke down before.");
  std::size_t bytes = watch.leaked(kLarge);
  // A tool that stores things may grow by what it stores.
  if (bytes == 0 && trial.tool.read_only) bytes = watch.leaked(kSmall);
  prober.ledger().tried(place);
  if (bytes > 0)
    prober.ledger().finding(place,
                            "Every call of this leaves about " + std::to_string(bytes / kKibibyte) +
                                " KiB behind, for as long as it was watched.",
                            prober.line(trial.tool, trial.base()));
}

}  // namespace harness
