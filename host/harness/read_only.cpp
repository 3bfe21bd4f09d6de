#include "host/harness/read_only.hpp"

#include <chrono>
#include <string>

#include "host/harness/catalogue.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kViewsMax = 16;
// A clock that shows seconds has moved on by then.
constexpr auto kWatch = std::chrono::milliseconds(1200);

/// A read-only call, and what it showed last.
struct View {
  const ToolTrial* trial{};
  Json shown{};
  bool steady{true};  ///< It shows the same as long as nothing is done.
  std::string before{};
  std::string after{};
};

std::string text_of(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string without_digits(const std::string& text) {
  std::string rest;
  for (const char c : text) {
    if (c < '0' || c > '9') rest.push_back(c);
  }
  return rest;
}

/// The first place where two texts differ, with what stands around it.
std::string difference(const std::string& before, const std::string& after) {
  std::size_t at = 0;
  while (at < before.size() && at < after.size() && before[at] == after[at]) ++at;
  const std::size_t from = at < 40 ? 0 : at - 40;
  return "before: ..." + excerpt(before.substr(from, 120)) + "\nafter:  ..." +
         excerpt(after.substr(from, 120));
}

/// One tool that says it is read-only, watched through the others.
class Observation {
 public:
  Observation(const ToolTrial& actor, const std::vector<ToolTrial*>& others, Prober& prober)
      : actor_(actor), prober_(prober) {
    for (const ToolTrial* other : others) {
      if (other == &actor || other->base().is_null() || prober.is_slow(other->tool)) continue;
      if (views_.size() == kViewsMax) break;
      views_.push_back({.trial = other, .shown = look_at(*other)});
    }
    look();  // What differs already changes by itself, or because of the other views.
    for (View& view : views_) view.steady = view.before.empty();
  }

  bool blind() const { return views_.empty(); }

  /// The view that shows something else after the tool was called with these arguments; null if all
  /// show the same.
  const View* changed_by(const Json& arguments) {
    act(arguments);
    look();
    for (View& view : views_) {
      if (!view.steady || view.before.empty()) continue;
      if (is_its_doing(view, arguments)) return &view;
      view.steady = false;
    }
    return nullptr;
  }

 private:
  void act(const Json& arguments) { prober_.quiet_call(actor_.tool, arguments); }

  Json look_at(const ToolTrial& trial) {
    Json seen = prober_.quiet_call(trial.tool, trial.base()).result;
    if (seen.is_object()) seen.erase("_meta");
    return seen;
  }

  void look() {
    for (View& view : views_) {
      Json seen = look_at(*view.trial);
      const bool same = seen == view.shown;
      view.before = same ? "" : text_of(view.shown);
      view.after = same ? "" : text_of(seen);
      view.shown = std::move(seen);
    }
  }

  /// It shows something else now. Does it change by itself, too, within a good second?
  bool is_its_doing(View& view, const Json& arguments) {
    const View then = view;
    const Clock::time_point until = Clock::now() + kWatch;
    while (Clock::now() < until) {
      look();
      if (!view.before.empty()) return false;
    }
    act(arguments);
    const bool again = look_at(*view.trial) != then.shown;
    // What happens once only may be a clock of minutes that happened to move on.
    view = then;
    return again || without_digits(then.before) != without_digits(then.after);
  }

  const ToolTrial& actor_;
  Prober& prober_;
  std::vector<View> views_;
};

void check_one(const ToolTrial& actor, const std::vector<ToolTrial*>& others, Prober& prober) {
  const Ledger::Place place{.check = checks::kReadOnly, .tool = actor.tool.name};
  if (prober.is_slow(actor.tool))
    return prober.ledger().not_run(place, "It is too slow to be watched.");
  Observation observation(actor, others, prober);
  if (observation.blind())
    return prober.ledger().not_run(place, "No other read-only tool answers.");
  for (const Json& arguments : actor.likely_arguments()) {
    if (prober.given_up(actor.tool)) return;
    prober.ledger().tried(place);
    const View* const view = observation.changed_by(arguments);
    if (view == nullptr) continue;
    prober.ledger().finding(place,
                            "It says it is read-only, and " + view->trial->tool.name +
                                " shows something else after it was called.\n" +
                                difference(view->before, view->after),
                            prober.line(actor.tool, arguments));
    return;
  }
}

}  // namespace

void check_read_only(const std::vector<ToolTrial*>& trials, Prober& prober) {
  std::vector<ToolTrial*> reading;
  for (ToolTrial* trial : trials) {
    if (trial->tool.read_only) reading.push_back(trial);
  }
  for (const ToolTrial* actor : reading) {
    if (actor->base().is_null()) {
      prober.ledger().not_run({.check = checks::kReadOnly, .tool = actor->tool.name},
                              "No call succeeded.");
    } else {
      check_one(*actor, reading, prober);
    }
  }
}

}  // namespace harness
