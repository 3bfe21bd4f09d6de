#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/tools/call.hpp"
#include "host/tools/toolbox.hpp"
#include "host/trust/audit.hpp"
#include "host/trust/cards.hpp"
#include "host/trust/lessons.hpp"
#include "host/trust/levels.hpp"
#include "servers/common/times.hpp"

namespace host {

/// The only road to a tool. Each request is judged, the judgement is in the audit before anything
/// happens, and what came of a call is in the audit after it. `read` may be called from any thread;
/// the rest from the thread that owns the store.
class Gate {
 public:
  struct Parts {
    Toolbox& toolbox;
    AuditLog& audit;
    Cards& cards;
    Lessons& lessons;
    const Levels& levels;
    const common::Times& times;
  };
  explicit Gate(const Parts& parts) : parts_(parts) {}

  /// An observation: made if the call is a read of one of our own servers or one that the
  /// configuration allows, else denied.
  CallResult read(const CallRequest& request);

  /// What the agent wants to do: done, queued as a card, or denied, by the level of its class and
  /// the user's answers so far.
  Outcome propose(const Proposal& proposal);

  /// Asks the user about a frozen call; true is a yes.
  using Ask = std::function<bool(const Card&)>;
  /// What the user typed. Where it takes a yes, `ask` gets it; without one the call is queued.
  Outcome typed(const CallRequest& request, const Ask& ask);

  /// The user's yes or no to a card. Of several at once, one wins; the others get a problem. The
  /// call of an approved card runs exactly once, as it was shown.
  Outcome approve(std::int64_t card);
  Outcome reject(std::int64_t card);

  /// `adjutant undo`: a call of a server's undo tool, which is the user's word for whatever it
  /// takes back.
  Outcome undo(const CallRequest& request);

 private:
  /// One request on its way: read once, so that what is judged is what is recorded and called.
  struct Judged;
  struct Decision {
    std::string actor{};
    Ruling ruling{};
    std::optional<std::int64_t> card{};
  };

  Judged judge(const CallRequest& request) const;
  void record(const Judged& judged, const Decision& decision, std::string phase);
  CallResult run(const Judged& judged, const Decision& decision);
  Outcome deny(const Judged& judged, const Decision& decision);
  Outcome carry_out(const Judged& judged, const Decision& decision);
  Outcome queue(const Judged& judged, const Card& card, Decision decision);
  /// Nothing where the tool has none.
  std::optional<CallResult> dry_run(const Judged& judged, const std::string& actor);
  /// What would wait for the user: the frozen call with what a dry run of it says; nothing, and
  /// `outcome.problem`, if the dry run is refused.
  std::optional<Card> frozen(const Judged& judged, const std::string& actor, Outcome& outcome);

  Parts parts_;
};

}  // namespace host
