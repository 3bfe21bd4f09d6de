#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "servers/email/mime/mail.hpp"

/// The named things about a message that tell unsolicited mail from the rest.
namespace email::triage {

/// One for each row of `kSignals`, in its order.
enum class Signal : std::size_t {
  // Conversation and lists
  IsReply,
  ClaimsReply,
  Quotes,
  Signature,
  ListPost,
  ListUnsubscribe,
  Bulk,
  SubjectTag,
  // Sender and the other headers
  NameMissing,
  NameIsOtherAddress,
  NameUnrelated,
  NameCapitals,
  SenderDigits,
  SenderRandom,
  SenderHostOdd,
  SenderEnding,
  ReplyElsewhere,
  BounceElsewhere,
  IdOdd,
  RecipientMissing,
  RecipientsMany,
  ToSender,
  DateBad,
  PriorityHigh,
  IdFits,
  BounceFits,
  Vouched,
  RouteForged,
  RouteNumbered,
  DateFar,
  SenderRole,
  AuthFailed,
  AuthPassed,
  Signed,
  // Subject
  SubjectCapitals,
  SubjectExclaims,
  SubjectMoney,
  SubjectGap,
  SubjectNamesReader,
  SubjectCodedNeedlessly,
  SubjectRaw,
  SubjectSymbols,
  // Text
  HtmlOnly,
  HiddenText,
  InvisibleMarks,
  MixedScript,
  Garbled,
  TextTiny,
  TextLong,
  BothVersions,
  LongLines,
  Undecodable,
  Capitals,
  Exclaims,
  Money,
  NamesAddress,
  Threat,
  Credential,
  Gain,
  OptOut,
  Imprint,
  // Links and attachments
  Links,
  LinksMany,
  LinkByMail,
  LinkElsewhere,
  LinkOneTarget,
  LinkMismatch,
  LinkNumber,
  LinkShared,
  LinkUser,
  LinkPort,
  LinkOdd,
  LinkCoded,
  LinkNamesReader,
  WalletAddress,
  PageAttached,
  ProgramAttached,
  // Together
  Lure,
  ForeignName,
  PictureOnly,
  PageElsewhere,
  BorrowedName,
  Consistent,
  Count
};

constexpr std::size_t kSignalCount = static_cast<std::size_t>(Signal::Count);

struct SignalRow {
  Signal signal{};
  std::string_view name;  ///< As in the model file.
  /// What the weight would be with no example at all: the mean of the prior under which the model
  /// is learned. It is what counts for signals that the given mail, of 2002, hardly has.
  float prior{};
  std::string_view reason{};  ///< For people, where the signal speaks for spam; may be empty.
  /// It means less today than in the given mail (in 2002 few but spammers wrote HTML alone), so
  /// examples hardly move it from its prior.
  bool has_changed{};
};

const std::array<SignalRow, kSignalCount>& signal_rows();

/// Each 0 to 1. Looks at headers that every message has, and not at those of delivery, which tell
/// more of the collector than of the sender.
using Signals = std::array<float, kSignalCount>;
Signals signals_of(const Mail& mail);

}  // namespace email::triage
