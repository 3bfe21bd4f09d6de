#pragma once

#include <string>

#include "host/commands/terminal.hpp"
#include "host/trust/cards.hpp"

namespace host {

/// A card for people: the call with every argument, why, and what a dry run of it said.
std::string card_text(const Card& card, const Terminal& terminal);

/// One line of the list of cards.
std::string card_line(const Card& card, const Terminal& terminal);

}  // namespace host
