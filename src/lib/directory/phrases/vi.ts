import type { PhraseBook } from './phrases.ts';

/** Machine translation: nobody has checked it. */
export const book: PhraseBook = {
	language: 'vi',
	origin: 'machine',
	texts: {
		needInterpreter: 'Bạn có cần phiên dịch không?',
		pleaseWait: 'Xin chờ một lát.',
		isUrgent: 'Việc của bạn có gấp không?',
		mayRecord: 'Tôi ghi lại lần đến này được không? Tôi không ghi tên bạn. Bạn có thể từ chối.',
		whatAbout: 'Bạn cần hỏi việc gì? Hãy chỉ vào hình.',
		showPaper: 'Bạn có thư hoặc giấy tờ không? Cho tôi xem.',
		whereLive: 'Bạn sống ở đô thị nào?',
		emergency: 'Trường hợp khẩn cấp, hãy gọi 112.',
		canRead: 'Bạn có đọc được đoạn này không?',
		haveAppointment: 'Bạn có hẹn trước không?',
		callInterpreter: 'Tôi đang gọi phiên dịch.',
		comeAgain: 'Xin hãy đến lần nữa. Tôi sẽ chỉ ngày cho bạn.',
		findOut: 'Tôi sẽ tìm hiểu. Mất một chút thời gian.',
		comeWithMe: 'Xin đi cùng tôi.',
		mayShare: 'Tôi chuyển thông tin của bạn đi được không? Bạn có thể từ chối.',
		welcome: 'Xin chào. Tôi có thể giúp bạn.',
		yes: 'Có',
		no: 'Không',
		unsure: 'Tôi không biết',
		listen: 'Nghe',
		machine: 'Bản dịch máy. Chưa có ai kiểm tra.',
		missing: 'Không có đoạn này bằng tiếng Việt.',
		hours: 'Giờ mở cửa',
		openNow: 'Đang mở cửa',
		openToday: 'Hôm nay mở cửa',
		closed: 'Đóng cửa',
		closedToday: 'Hôm nay đóng cửa',
		aroundClock: 'Luôn mở cửa, cả ngày lẫn đêm',
		holiday: 'Hôm nay là ngày nghỉ lễ. Giờ mở cửa có thể khác.',
		byAppointment: 'Chỉ khi có hẹn trước',
		phone: 'Điện thoại',
		address: 'Địa chỉ',
		bring: 'Mang theo',
		free: 'Miễn phí',
		price: 'Giá',
		languages: 'Ngôn ngữ ở đây',
		website: 'Trang web',
		appointment: 'Lịch hẹn của bạn',
		showThis: 'Đưa cái này ra khi bạn đến nơi.',
		scanCode: 'Mở máy ảnh điện thoại và hướng vào mã.',
		savesContact: 'Thông tin liên hệ được lưu trong điện thoại của bạn.',
		nextAdvice: 'Lần tới cố vấn ở đây vào',
		holdPhone: 'Bạn có thể cầm điện thoại. Cứ đọc từ từ.',
		giveBack: 'Hãy trả điện thoại cho cố vấn.',
		thanks: 'Cảm ơn.',
		moreBelow: 'Còn nữa ở dưới',
		noticeTitle: 'Những gì được ghi về bạn',
		noticeWhat:
			'Tư vấn viên ghi lại bạn đã hỏi gì và được tư vấn gì. Nhờ đó người ta biết cần loại tư vấn nào.',
		noticeNoName: 'Không ghi tên, mã số cá nhân, địa chỉ hay số điện thoại của bạn.',
		noticeBackground: 'Bạn không phải trả lời các câu hỏi về hoàn cảnh của mình. Bạn vẫn được tư vấn.',
		noticeAuthorities:
			'Thông tin không được chuyển cho Sở Di trú, cảnh sát, Kela hay cơ quan khác, trừ khi bạn đồng ý hoặc luật bắt buộc.',
		noticeErased: 'Thông tin được xóa khi không còn cần nữa.',
		noticeCard:
			'Nếu bạn có thẻ khách hàng, với mã trên thẻ bạn có thể xem tất cả và yêu cầu xóa. Thẻ là tự nguyện.',
		noticeAsk:
			'Hãy hỏi tư vấn viên nếu có điều gì chưa rõ. Bạn có thể khiếu nại với thanh tra bảo vệ dữ liệu: tietosuoja.fi.',
		cardWhat:
			'Bạn có thể nhận một thẻ có mã. Trên thẻ không có tên bạn. Khi bạn đưa thẻ, tư vấn viên thấy chúng ta đã nói về việc gì và đã thỏa thuận gì.',
		cardPersonal:
			'Mã nối các lần bạn đến với nhau, vì vậy nó là dữ liệu cá nhân. Thẻ không hiện những việc nhạy cảm. Không có thẻ bạn vẫn được tư vấn.',
		cardEnd:
			'Bạn có thể bỏ thẻ bất cứ lúc nào. Khi đó mã được gỡ khỏi các lần đến của bạn. Nếu bạn không dùng thẻ trong một năm, mã tự được gỡ.',
		cardQuestion: 'Bạn có muốn thẻ không?'
	}
};
