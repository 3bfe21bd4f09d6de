#include "host/harness/read_only.hpp"

#include <chrono>

#include "host/harness/catalogue.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kViewsMax = 16;
// A clock that shows seconds has moved on by then.
constexpr auto kWatch = std::chrono::milliseconds(1200);

/// One pair: does calling `actor` change what `viewer` shows?
class Pair {
 public:
  Pair(const ToolTrial& actor, const ToolTrial& viewer, Prober& prober)
      : actor_(actor), viewer_(viewer), prober_(prober) {}

  bool changes() {
    if (!same()) return false;
    const Clock::time_point start = Clock::now();
    act();
    if (same()) return false;
    // It is something else now. Does it change by itself, too, within as long and a second?
    const auto took = Clock::now() - start;
    const Clock::time_point until = Clock::now() + kWatch + took;
    while (Clock::now() < until) {
      if (!same()) return false;
    }
    act();
    if (!same()) return true;  // Once more, with nothing moving in between.
    return !looks_like_time();
  }

  const std::string& before() const { return before_; }
  const std::string& after() const { return after_; }

 private:
  void act() { prober_.quiet_call(actor_.tool, actor_.base()); }

  /// Looks again; true if nothing changed since the last look.
  bool same() {
    const Answer answer = prober_.quiet_call(viewer_.tool, viewer_.base());
    Json seen = answer.result;
    if (seen.is_object()) seen.erase("_meta");
    if (shown_.is_null()) {
      shown_ = seen;
      const Answer again = prober_.quiet_call(viewer_.tool, viewer_.base());
      seen = again.result;
      if (seen.is_object()) seen.erase("_meta");
    }
    const bool unchanged = answer.kind == Answer::Kind::Result && seen == shown_;
    if (!unchanged) {
      before_ = text_of(shown_);
      after_ = text_of(seen);
      shown_ = seen;
    }
    return unchanged;
  }

  static std::string text_of(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  /// Where only digits differ, it may be a clock of minutes.
  bool looks_like_time() const {
    const auto without_digits = [](const std::string& text) {
      std::string rest;
      for (const char c : text) {
        if (c < '0' || c > '9') rest.push_back(c);
      }
      return rest;
    };
    return without_digits(before_) == without_digits(after_);
  }

  const ToolTrial& actor_;
  const ToolTrial& viewer_;
  Prober& prober_;
  Json shown_;
  std::string before_;
  std::string after_;
};

/// The first place where two texts differ, with what stands around it.
std::string difference(const std::string& before, const std::string& after) {
  std::size_t at = 0;
  while (at < before.size() && at < after.size() && before[at] == after[at]) ++at;
  const std::size_t from = at < 40 ? 0 : at - 40;
  return "before: ..." + excerpt(before.substr(from, 120)) + "\nafter:  ..." +
         excerpt(after.substr(from, 120));
}

void check_one(const ToolTrial& actor, const std::vector<ToolTrial*>& views, Prober& prober) {
  const Ledger::Place place{.check = checks::kReadOnly, .tool = actor.tool.name};
  std::size_t looked = 0;
  for (const ToolTrial* view : views) {
    if (view == &actor || view->base().is_null() || ++looked > kViewsMax) continue;
    if (prober.given_up(actor.tool)) return;
    Pair pair(actor, *view, prober);
    prober.ledger().tried(place);
    if (!pair.changes()) continue;
    prober.ledger().finding(place,
                            "It says it is read-only, and " + view->tool.name +
                                " shows something else after it was called.\n" +
                                difference(pair.before(), pair.after()),
                            prober.line(actor.tool, actor.base()));
    return;
  }
  if (looked == 0) prober.ledger().not_run(place, "No other read-only tool answers.");
}

}  // namespace

void check_read_only(const std::vector<ToolTrial*>& trials, Prober& prober) {
  std::vector<ToolTrial*> views;
  for (ToolTrial* trial : trials) {
    if (trial->tool.read_only && !trial->tool.as_task) views.push_back(trial);
  }
  for (const ToolTrial* actor : views) {
    if (actor->base().is_null()) {
      prober.ledger().not_run({.check = checks::kReadOnly, .tool = actor->tool.name},
                              "No call succeeded.");
    } else {
      check_one(*actor, views, prober);
    }
  }
}

}  // namespace harness
