#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/planner/world.hpp"
#include "host/tools/call.hpp"
#include "protocol/mcp/fields.hpp"

namespace host {

/// One call, why, and what it deals with: an action is over when its items are settled.
struct Action {
  Proposal proposal{};
  std::vector<Item> items{};
};

/// Something to tell the user; nothing is called.
struct Notice {
  Item item{};
  std::string kind{};
  std::string text{};
  bool urgent{};
};

/// What a rule would have done, had the user not said no to it before.
struct LeftOut {
  Item item{};
  std::string kind{};
  std::string text{};
};

struct Plan {
  std::vector<Action> actions{};
  std::vector<Notice> notices{};
  std::vector<LeftOut> left_out{};
  std::vector<Span> taken{};  ///< Time that actions of this plan fill; later rules keep off it.
};

/// Makes actions for one planning rule. What is settled is not proposed again; what the user turned
/// down is left out, and said.
class Proposer {
 public:
  Proposer(const World& world, Plan& plan, std::string kind)
      : world_(world), plan_(plan), kind_(std::move(kind)) {}

  /// True if the rule may propose something for this item. `text` says what is left out otherwise.
  bool wants(const Item& item, const std::string& text) const;

  struct What {
    std::string title{};
    std::string reason{};
  };
  template <class Args>
  void propose(const char* server, const char* tool, const Args& args, What what,
               std::vector<Item> items) const {
    add({.server = server,
         .tool = tool,
         .arguments = mcp::fields::encode(mcp::fields::type_of<Args>(), &args)},
        std::move(what), std::move(items));
  }

  /// Told once.
  void notice(Item item, std::string text, bool urgent = false) const;

 private:
  void add(CallRequest call, What what, std::vector<Item> items) const;

  const World& world_;
  Plan& plan_;
  std::string kind_;
};

/// Title and reason as two sentences.
std::string in_sentences(const Proposal& proposal);

/// An argument of a call that means exactly this instant.
common::When exactly(std::chrono::sys_seconds instant, const common::Zone& zone);

}  // namespace host
