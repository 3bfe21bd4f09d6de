#include <algorithm>

#include "servers/email/triage/signals.hpp"

namespace email::triage {
namespace {

constexpr auto kRows = std::to_array<SignalRow>({
    // The reason for LinkMismatch names both hosts: see spam.cpp.
    {Signal::IsReply, "is_reply", -1.5F, ""},
    {Signal::ClaimsReply, "claims_reply", 0.3F, "says Re: but answers no message"},
    {Signal::Quotes, "quotes", -0.8F, ""},
    {Signal::Signature, "signature", -0.3F, ""},
    {Signal::ListPost, "list_post", -0.5F, ""},
    {Signal::ListUnsubscribe, "list_unsubscribe", -0.8F, ""},
    {Signal::Bulk, "bulk", 0.0F, ""},
    {Signal::SubjectTag, "subject_tag", -0.3F, ""},
    {Signal::NameMissing, "name_missing", 0.5F, "the sender gives no name"},
    {Signal::NameIsOtherAddress, "name_is_other_address", 1.0F,
     "the sender's name is an address, and not the sender's"},
    {Signal::NameUnrelated, "name_unrelated", 0.3F,
     "the sender's name has nothing to do with the address"},
    {Signal::NameCapitals, "name_capitals", 0.5F, "the sender's name is in capitals"},
    {Signal::SenderDigits, "sender_digits", 0.4F, "the sender's address is full of digits"},
    {Signal::SenderRandom, "sender_random", 0.5F,
     "the sender's address looks made up by a machine"},
    {Signal::SenderHostOdd, "sender_host_odd", 0.6F,
     "the sender's host looks made up by a machine"},
    {Signal::SenderEnding, "sender_ending", 0.5F,
     "the sender's host ends as hosts bought for unsolicited mail often do"},
    {Signal::ReplyElsewhere, "reply_elsewhere", 0.6F,
     "answers would go to another domain than the sender's"},
    {Signal::BounceElsewhere, "bounce_elsewhere", 0.2F, ""},
    {Signal::IdOdd, "id_odd", 0.4F, "the Message-ID is missing or malformed"},
    {Signal::RecipientMissing, "recipient_missing", 0.3F, "addressed to nobody"},
    {Signal::RecipientsMany, "recipients_many", 0.3F, "addressed to many people at once"},
    {Signal::ToSender, "to_sender", 0.5F, "addressed to its own sender"},
    {Signal::DateBad, "date_bad", 0.6F, "the date cannot be"},
    {Signal::PriorityHigh, "priority_high", 0.3F, "marks itself as important"},
    {Signal::AuthFailed, "auth_failed", 1.2F,
     "the receiving server could not confirm the sender (SPF or DMARC failed)"},
    {Signal::AuthPassed, "auth_passed", -0.6F, ""},
    {Signal::Signed, "signed", -0.3F, ""},
    {Signal::SubjectCapitals, "subject_capitals", 0.6F, "the subject shouts in capitals"},
    {Signal::SubjectExclaims, "subject_exclaims", 0.4F, "the subject has exclamation marks"},
    {Signal::SubjectMoney, "subject_money", 0.5F, "the subject speaks of money"},
    {Signal::SubjectGap, "subject_gap", 0.8F, "the subject hides a code behind blanks"},
    {Signal::SubjectNamesReader, "subject_names_reader", 0.6F,
     "the subject repeats the name in your address"},
    {Signal::SubjectCodedNeedlessly, "subject_coded_needlessly", 0.3F,
     "the subject is encoded without need"},
    {Signal::SubjectRaw, "subject_raw", 0.4F,
     "the subject has raw bytes that headers do not allow"},
    {Signal::SubjectSymbols, "subject_symbols", 0.4F, "the subject has pictures in it"},
    {Signal::HtmlOnly, "html_only", 0.3F, "HTML without a plain version"},
    {Signal::HiddenText, "hidden_text", 0.8F, "holds text that no reader would see"},
    {Signal::InvisibleMarks, "invisible_marks", 1.0F, "invisible marks break up its words"},
    {Signal::MixedScript, "mixed_script", 1.5F, "words mix letters of two alphabets"},
    {Signal::TextTiny, "text_tiny", 0.2F, ""},
    {Signal::LongLines, "long_lines", 0.0F, ""},
    {Signal::Undecodable, "undecodable", 0.3F, "parts cannot be decoded"},
    {Signal::Capitals, "capitals", 0.5F, "written in capitals"},
    {Signal::Exclaims, "exclaims", 0.4F, "many exclamation marks"},
    {Signal::Money, "money", 0.3F, "speaks of sums of money"},
    {Signal::NamesAddress, "names_address", 0.8F, "repeats your address in its text"},
    {Signal::Threat, "threat", 0.7F, "says that something of yours is blocked or ends"},
    {Signal::Credential, "credential", 0.5F, "asks to sign in or to confirm an account"},
    {Signal::Gain, "gain", 0.6F, "promises a gain"},
    {Signal::OptOut, "opt_out", 0.1F, ""},
    {Signal::Links, "links", 0.0F, ""},
    {Signal::LinkElsewhere, "link_elsewhere", 0.2F, ""},
    {Signal::LinkOneTarget, "link_one_target", 0.2F, ""},
    {Signal::LinkMismatch, "link_mismatch", 0.8F, ""},
    {Signal::LinkNumber, "link_number", 1.2F, "a link leads to a bare number instead of a name"},
    {Signal::LinkShared, "link_shared", 1.0F, "a link hides behind a shortener or a free page"},
    {Signal::LinkUser, "link_user", 1.2F, "a link puts another name before the host it leads to"},
    {Signal::LinkPort, "link_port", 0.4F, "a link names an unusual port"},
    {Signal::LinkOdd, "link_odd", 0.4F, "a link leads to a host that looks made up by a machine"},
    {Signal::LinkCoded, "link_coded", 0.5F, "a link hides its address in codes"},
    {Signal::LinkNamesReader, "link_names_reader", 0.9F, "a link carries your address"},
    {Signal::WalletAddress, "wallet_address", 1.2F, "names a wallet of a cryptocurrency"},
    {Signal::PageAttached, "page_attached", 1.0F, "a web page is attached"},
    {Signal::ProgramAttached, "program_attached", 0.7F, "a program or archive is attached"},
    {Signal::Lure, "lure", 1.4F, "talks of your account, and no link leads to the sender"},
    {Signal::ForeignName, "foreign_name", 1.0F,
     "neither the sender's address nor any link fits the sender's name"},
    {Signal::PictureOnly, "picture_only", 0.8F, "hardly a word, and a picture to click on"},
    {Signal::PageElsewhere, "page_elsewhere", 0.5F,
     "a page whose links all lead away from its sender"},
    {Signal::BorrowedName, "borrowed_name", 1.2F,
     "the sender's host is the name of somebody with a tail"},
    {Signal::Consistent, "consistent", -0.4F, ""},
});

static_assert(kRows.size() == kSignalCount);
static_assert(std::ranges::all_of(kRows, [](const SignalRow& row) {
  return &row - kRows.data() == static_cast<std::ptrdiff_t>(row.signal);
}));

}  // namespace

const std::array<SignalRow, kSignalCount>& signal_rows() {
  return kRows;
}

}  // namespace email::triage
