#include <array>

#include "servers/email/triage/asks.hpp"
#include "servers/email/triage/model.hpp"
#include "servers/email/triage/signals.hpp"
#include "servers/email/triage/spam.hpp"

// The shipped models: data, written by train_triage, which says how (README.md beside this file).
namespace email::triage {
namespace {

#include "servers/email/triage/model/asks.inc"
#include "servers/email/triage/model/spam.inc"

}  // namespace

const Model kSpamModel{
    .bias = kSpamBias, .signals = kSpamSignals, .words = kSpamWords, .step = kSpamStep};
const Model kAsksModel{.bias = kAsksBias, .signals = {}, .words = kAsksWords, .step = kAsksStep};

}  // namespace email::triage
