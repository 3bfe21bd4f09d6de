#pragma once

#include <string>

#include "host/planner/plan.hpp"
#include "host/planner/world.hpp"

namespace host {

/// Once the draft that belongs to `written` exists, proposes to send it. Nothing is sent without
/// the user: the call becomes a card.
struct Sending {
  Item written{};       ///< The item whose action wrote the draft.
  std::string title{};  ///< "Send the answer to Anna".
  std::string reason{};
};
void propose_sending(const World& world, Plan& plan, const Sending& sending);

/// The address in "Anna <anna@example.org>", in lower case; the whole text if there is none.
std::string address_of(const std::string& from);
/// "Anna"; the address where no name is given.
std::string name_in(const std::string& from);

}  // namespace host
